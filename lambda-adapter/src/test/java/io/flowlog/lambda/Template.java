package io.flowlog.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The SAM template as maps and lists; a short form such as {@code !Ref x} is read as its long form. */
final class Template {
    private final Map<String, Object> root;

    private Template(Map<String, Object> root) {
        this.root = root;
    }

    /** A missing template fails the build. */
    static Template load() throws IOException {
        String yaml = Files.readString(Path.of("..", "template.yaml"));
        Node document =
                new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
        return new Template(map(value(document)));
    }

    Map<String, Object> section(String name) {
        return map(root.get(name));
    }

    Map<String, Object> properties(String resource) {
        return map(map(section("Resources").get(resource)).get("Properties"));
    }

    /** A value inside a section, by the names and indexes on the way. */
    Object at(String section, Object... way) {
        Object here = section(section);
        for (Object step : way) {
            here = step instanceof Integer index
                    ? list(here).get(index)
                    : map(here).get(step);
        }
        return here;
    }

    /** Resources of a type. */
    Map<String, Map<String, Object>> resources(String type) {
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        section("Resources").forEach((name, resource) -> {
            if (type.equals(map(resource).get("Type"))) {
                found.put(name, map(resource));
            }
        });
        return found;
    }

    /** Every statement of every policy, also those behind a condition. */
    List<Map<String, Object>> statements() {
        List<Map<String, Object>> statements = new ArrayList<>();
        visit(root, node -> {
            if (node instanceof Map<?, ?> m && m.containsKey("Effect") && m.containsKey("Action")) {
                statements.add(map(m));
            }
        });
        return statements;
    }

    static void visit(Object node, Consumer<Object> visitor) {
        visitor.accept(node);
        if (node instanceof Map<?, ?> members) {
            members.values().forEach(member -> visit(member, visitor));
        } else if (node instanceof List<?> elements) {
            elements.forEach(element -> visit(element, visitor));
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    private static Object value(Node node) {
        String tag = node.getTag().getValue();
        Object plain = plain(node);
        if (!tag.startsWith("!")) {
            return plain;
        }
        String function = tag.substring(1);
        boolean bare = function.equals("Ref") || function.equals("Condition");
        return Map.of(bare ? function : "Fn::" + function, plain);
    }

    private static Object plain(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (NodeTuple member : mapping.getValue()) {
                String name = ((ScalarNode) member.getKeyNode()).getValue();
                if (members.put(name, value(member.getValueNode())) != null) {
                    throw new AssertionError(name + " is there twice");
                }
            }
            return members;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(Template::value).toList();
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.getTag().equals(Tag.INT)) {
            return Long.valueOf(scalar.getValue());
        }
        return scalar.getTag().equals(Tag.BOOL) ? Boolean.valueOf(scalar.getValue()) : scalar.getValue();
    }
}
