package io.gatehouse.release.train;

import io.gatehouse.api.ProblemException;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A part of a YAML file from a client, which knows where it is. Only its nodes are looked at, no object is made of them:
 * nothing in the file can be anything but text, a list or a map.
 *
 * @param field the field of the request that the file came in
 * @param path where the part is in the file, such as {@code cycle[3].end}; empty for all of it
 */
record YamlPart(String field, String path, Node node) {

    private static final int DEEPEST = 10;
    private static final Pattern DAY = Pattern.compile("[1-9]\\d{3}-\\d\\d-\\d\\d");

    /** @throws ProblemException invalid if it is no YAML, or more of it than anybody would write by hand */
    static YamlPart of(String field, String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(DEEPEST);
        try {
            Node root = new Yaml(new SafeConstructor(limits)).compose(new StringReader(text));
            if (root == null) {
                throw ProblemException.invalid(field, "must have something in it");
            }
            return new YamlPart(field, "", root);
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : " in line " + (e.getProblemMark().getLine() + 1);
            throw ProblemException.invalid(
                    field,
                    "must be YAML" + where + ": "
                            + Stream.of(e.getContext(), e.getProblem())
                                    .filter(Objects::nonNull)
                                    .collect(Collectors.joining(", ")));
        } catch (YAMLException e) {
            throw ProblemException.invalid(
                    field,
                    "must be YAML of printable characters, without aliases of lists and maps, at most " + DEEPEST
                            + " levels deep");
        }
    }

    /** What a client is told about this part, to be read after its name: "must be a list". */
    ProblemException wrong(String message) {
        return ProblemException.invalid(
                field,
                "must be right in line %d: %s %s"
                        .formatted(node.getStartMark().getLine() + 1, path.isEmpty() ? "the file" : path, message));
    }

    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong("must be text");
    }

    LocalDate day() {
        String text = text();
        if (!DAY.matcher(text).matches()) {
            throw wrong("must be a day such as 2026-03-30");
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong("must be a day that there is");
        }
    }

    List<YamlPart> items() {
        if (!(node instanceof SequenceNode list)) {
            throw wrong("must be a list");
        }
        List<YamlPart> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(new YamlPart(field, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** Its fields, of which each may be there once, and none that is not known. */
    Fields fields(List<String> known) {
        if (!(node instanceof MappingNode map)) {
            throw wrong("must have the fields " + String.join(", ", known));
        }
        Map<String, YamlPart> fields = new HashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            YamlPart key = new YamlPart(field, path, tuple.getKeyNode());
            String name = key.text();
            if (!known.contains(name)) {
                throw key.wrong("must have no other fields than " + String.join(", ", known));
            }
            if (fields.put(name, new YamlPart(field, pathOf(name), tuple.getValueNode())) != null) {
                throw key.wrong("must have the field " + name + " once");
            }
        }
        return new Fields(this, fields);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The fields of a part; one without a value is not there. */
    record Fields(YamlPart owner, Map<String, YamlPart> all) {

        Optional<YamlPart> find(String name) {
            return Optional.ofNullable(all.get(name))
                    .filter(part -> !part.node().getTag().equals(Tag.NULL));
        }

        YamlPart get(String name) {
            return find(name).orElseThrow(() -> owner.wrong("must have the field " + name));
        }

        /** No items if the field is not there. */
        List<YamlPart> items(String name) {
            return find(name).map(YamlPart::items).orElse(List.of());
        }
    }
}
