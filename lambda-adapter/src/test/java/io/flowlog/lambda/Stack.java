package io.flowlog.lambda;

import static io.flowlog.lambda.Template.list;
import static io.flowlog.lambda.Template.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What CloudFormation makes of the template for given parameters: conditions decided, references replaced. A reference to
 * a resource that these parameters leave out throws an {@link AssertionError}, as CloudFormation refuses it.
 */
final class Stack {
    static final String ACCOUNT = "123456789012";

    private static final Object NO_VALUE = new Object();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

    private final Template template;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> resources = new TreeMap<>();
    private final Map<String, Object> outputs = new TreeMap<>();

    /** {@code parameters} override the defaults; {@code AWS::Partition} may be among them. */
    Stack(Template template, Map<String, ?> parameters) {
        this.template = template;
        values.putAll(Map.of(
                "AWS::Partition", "aws",
                "AWS::Region", "eu-central-1",
                "AWS::AccountId", ACCOUNT,
                "AWS::StackName", "flowlog",
                "AWS::NoValue", NO_VALUE));
        template.section("Parameters").forEach((name, parameter) -> {
            Object value = map(parameter).get("Default");
            if (value != null) {
                values.put(name, value);
            }
        });
        values.putAll(parameters);
        values.replaceAll((name, value) -> isList(name) ? Arrays.asList(((String) value).split(",")) : value);
        template.section("Resources").forEach((name, resource) -> {
            if (isMade(map(resource))) {
                resources.put(name, map(resource));
            }
        });
        resources.replaceAll((name, resource) -> map(resolved(resource.getOrDefault("Properties", Map.of()))));
        template.section("Outputs").forEach((name, output) -> {
            if (isMade(map(output))) {
                outputs.put(name, resolved(map(output).get("Value")));
            }
        });
    }

    /** A stack of a trigger and of options beside the parameters that every stack needs. */
    static Stack of(Template template, String trigger, Map<String, ?> options) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("LogBucketName", "logs");
        parameters.put("DassanaToken", "token-1");
        parameters.put("Trigger", trigger);
        parameters.putAll(options);
        return new Stack(template, parameters);
    }

    /** The resources that are made, by logical id: their properties. */
    Map<String, Map<String, Object>> resources() {
        return resources;
    }

    Map<String, Object> outputs() {
        return outputs;
    }

    /** The descriptions of the rules' assertions that these parameters break. */
    List<String> brokenRules() {
        List<String> broken = new ArrayList<>();
        template.section("Rules").values().forEach(rule -> {
            Object when = map(rule).get("RuleCondition");
            if (when == null || holds(when)) {
                list(map(rule).get("Assertions")).stream()
                        .filter(assertion -> !holds(map(assertion).get("Assert")))
                        .forEach(assertion -> broken.add((String) map(assertion).get("AssertDescription")));
            }
        });
        return broken;
    }

    private boolean isList(String name) {
        Object parameter = template.section("Parameters").get(name);
        return parameter != null && "CommaDelimitedList".equals(map(parameter).get("Type"));
    }

    private boolean isMade(Map<String, Object> item) {
        Object condition = item.get("Condition");
        return condition == null || holds(condition);
    }

    private boolean holds(Object condition) {
        if (condition instanceof String name) {
            return holds(template.section("Conditions").get(name));
        }
        Map.Entry<String, Object> call = map(condition).entrySet().iterator().next();
        return switch (call.getKey()) {
            case "Condition" -> holds(call.getValue());
            case "Fn::Equals" ->
                text(list(call.getValue()).get(0))
                        .equals(text(list(call.getValue()).get(1)));
            case "Fn::Not" -> !holds(list(call.getValue()).get(0));
            case "Fn::And" -> list(call.getValue()).stream().allMatch(this::holds);
            case "Fn::Or" -> list(call.getValue()).stream().anyMatch(this::holds);
            default -> throw new AssertionError("unknown condition " + call.getKey());
        };
    }

    private String text(Object value) {
        return String.valueOf(resolved(value));
    }

    private Object resolved(Object value) {
        if (value instanceof List<?> elements) {
            return elements.stream()
                    .map(this::resolved)
                    .filter(element -> element != NO_VALUE)
                    .toList();
        }
        if (!(value instanceof Map<?, ?>)) {
            return value;
        }
        Map<String, Object> members = map(value);
        if (members.size() == 1) {
            Map.Entry<String, Object> call = members.entrySet().iterator().next();
            if (call.getKey().equals("Ref") || call.getKey().startsWith("Fn::")) {
                return called(call.getKey(), call.getValue());
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            Object resolved = resolved(member);
            if (resolved != NO_VALUE) {
                all.put(name, resolved);
            }
        });
        return all;
    }

    private Object called(String function, Object argument) {
        return switch (function) {
            case "Ref", "Fn::GetAtt" -> reference((String) argument);
            case "Fn::If" -> resolved(list(argument).get(holds(list(argument).get(0)) ? 1 : 2));
            case "Fn::Join" ->
                list(resolved(list(argument).get(1))).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining((String) list(argument).get(0)));
            case "Fn::Sub" ->
                argument instanceof String pattern
                        ? filled(pattern, Map.of())
                        : filled(
                                (String) list(argument).get(0),
                                map(resolved(list(argument).get(1))));
            default -> throw new AssertionError("unknown function " + function);
        };
    }

    private String filled(String pattern, Map<String, Object> own) {
        Matcher placeholder = PLACEHOLDER.matcher(pattern);
        return placeholder.replaceAll(found -> {
            String name = found.group(1);
            return Matcher.quoteReplacement(String.valueOf(own.containsKey(name) ? own.get(name) : reference(name)));
        });
    }

    private Object reference(String name) {
        if (values.containsKey(name)) {
            return values.get(name);
        }
        String resource = name.split("\\.")[0];
        if (!resources.containsKey(resource)) {
            throw new AssertionError(name + " is referred to, but these parameters do not make it");
        }
        return "<" + name + ">";
    }
}
