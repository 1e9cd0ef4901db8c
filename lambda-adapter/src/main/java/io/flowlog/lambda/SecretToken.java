package io.flowlog.lambda;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Reads the token from a secret in Secrets Manager on every call. The sink calls it before the first request, and again
 * if the lake rejects the token. A secret that begins with a brace is a JSON object with the token as the member
 * {@value #JSON_KEY}; every other secret is the token itself. Of the secret, exceptions contain only the names of its
 * JSON members. Safe for use by several threads.
 */
final class SecretToken implements Supplier<String> {
    static final String JSON_KEY = "token";

    private static final int MAX_NAMES_CHARS = 200;
    private static final int SERVER_ERROR = 500;

    private final SecretsManagerClient client;
    private final String secretArn;
    private final AtomicInteger reads = new AtomicInteger();

    SecretToken(SecretsManagerClient client, String secretArn) {
        this.client = client;
        this.secretArn = secretArn;
    }

    /** Whether a call has not returned yet. */
    boolean isReading() {
        return reads.get() > 0;
    }

    @Override
    public String get() {
        reads.incrementAndGet();
        try {
            return read();
        } finally {
            reads.decrementAndGet();
        }
    }

    private String read() {
        GetSecretValueResponse answer;
        try {
            answer = client.getSecretValue(request -> request.secretId(secretArn));
        } catch (AwsServiceException e) {
            throw refused(e);
        } catch (SdkException e) {
            throw new TokenException(
                    FailureReason.TOKEN_UNAVAILABLE,
                    "Secrets Manager cannot be reached to read the secret of the token ("
                            + e.getClass().getSimpleName() + ")");
        }
        if (answer.secretString() == null) {
            throw invalid("the secret of the token is binary; it must be text, or JSON with the key " + JSON_KEY);
        }
        return token(answer.secretString().strip());
    }

    private static TokenException refused(AwsServiceException e) {
        String code =
                e.awsErrorDetails() == null ? "" : " " + e.awsErrorDetails().errorCode();
        String answer = " (HTTP " + e.statusCode() + code + ")";
        if (e.isThrottlingException() || e.statusCode() >= SERVER_ERROR) {
            return new TokenException(
                    FailureReason.TOKEN_UNAVAILABLE,
                    "Secrets Manager did not return the secret of the token in several attempts" + answer);
        }
        return new TokenException(
                FailureReason.TOKEN_DENIED,
                "Secrets Manager refuses to return the secret of the token" + answer
                        + "; required are secretsmanager:GetSecretValue on the secret, and kms:Decrypt on its key if it"
                        + " has one of its own");
    }

    private static TokenException invalid(String message) {
        return new TokenException(FailureReason.TOKEN_INVALID, message);
    }

    private static String token(String secret) {
        String token = secret.startsWith("{") ? fromJson(secret) : secret;
        TokenRules.problem(token).ifPresent(problem -> {
            throw invalid("the token in the secret " + problem);
        });
        return token;
    }

    private static String fromJson(String secret) {
        JsonObject members;
        try {
            members = JsonObject.read(secret);
        } catch (IOException e) {
            throw invalid("the secret of the token begins like JSON, but is not valid JSON");
        }
        String token = members.text(JSON_KEY);
        if (token == null) {
            throw invalid("the secret of the token has no text with the key " + JSON_KEY + "; its keys are "
                    + JsonLine.capped(String.join(", ", members.names()), MAX_NAMES_CHARS));
        }
        return token.strip();
    }
}
