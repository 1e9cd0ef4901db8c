package io.flowlog.lambda;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Reads the token out of a Secrets Manager secret, each time it is asked: the sink asks at the first request and once more
 * when the lake refuses the token. A secret that begins with a brace is a JSON object with the token under
 * {@value #JSON_KEY}; anything else is the token itself. What is thrown never shows any of it.
 */
final class SecretToken implements Supplier<String> {
    static final String JSON_KEY = "token";

    private final SecretsManagerClient client;
    private final String secretArn;

    SecretToken(SecretsManagerClient client, String secretArn) {
        this.client = client;
        this.secretArn = secretArn;
    }

    @Override
    public String get() {
        GetSecretValueResponse answer;
        try {
            answer = client.getSecretValue(request -> request.secretId(secretArn));
        } catch (AwsServiceException e) {
            String code =
                    e.awsErrorDetails() == null ? "" : " " + e.awsErrorDetails().errorCode();
            throw new TokenException(
                    "Secrets Manager does not hand out the token's secret (HTTP " + e.statusCode() + code
                            + "); needed are secretsmanager:GetSecretValue on it and kms:Decrypt on its key if it has one");
        } catch (SdkException e) {
            throw new TokenException("Secrets Manager could not be reached for the token's secret ("
                    + e.getClass().getSimpleName() + ")");
        }
        if (answer.secretString() == null) {
            throw new TokenException("the token's secret is binary; it must be text, or JSON with a key " + JSON_KEY);
        }
        return token(answer.secretString().strip());
    }

    static String token(String secret) {
        String token = secret.startsWith("{") ? fromJson(secret) : secret;
        TokenRules.problem(token).ifPresent(what -> {
            throw new TokenException("the token in the secret " + what);
        });
        return token;
    }

    private static String fromJson(String secret) {
        Map<String, @Nullable Object> members;
        try {
            members = Json.object(Json.read(secret));
        } catch (IOException e) {
            throw new TokenException("the token's secret begins like JSON but is not");
        }
        String token = Json.text(members, JSON_KEY);
        if (token == null) {
            throw new TokenException("the token's secret has no text under " + JSON_KEY + "; its keys are "
                    + (members == null ? "none" : Log.capped(String.join(", ", members.keySet()), 200)));
        }
        return token.strip();
    }
}
