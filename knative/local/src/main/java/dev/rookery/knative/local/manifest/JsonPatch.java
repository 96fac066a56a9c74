package dev.rookery.knative.local.manifest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A kustomization's patch: the operations `add`, `replace` and `remove` of RFC 6902 on fields of objects, and `add` at
/// the end of a list (`/-`). What else kustomize knows of patches is refused.
///
/// @param document the kustomization
record JsonPatch(StrictYaml.Document document, Kustomization.Patch patch) {

    private static final String END = "-";

    /// Changes what its target selects.
    ///
    /// @throws BadManifestException when it selects nothing, or changes what is not there
    void apply(List<StrictYaml.Document> resources) {
        var target = document.said("patches.target", patch.target());
        document.refuse("patches.path", patch.path());
        var selected = resources.stream()
                .filter(each -> selects(target, each.tree()))
                .map(StrictYaml.Document::tree)
                .toList();
        if (selected.isEmpty()) {
            throw document.complaint("patches.target: " + target.kind() + " "
                    + Objects.requireNonNullElse(target.name(), "") + " selects nothing (expected: a resource)");
        }
        for (var operation : StrictYaml.parse(document.file(), document.said("patches.patch", patch.patch()))) {
            selected.forEach(tree -> apply(operation, tree));
        }
    }

    private static boolean selects(Kustomization.Selector target, JsonNode tree) {
        var apiVersion = tree.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return target.kind().equals(tree.path("kind").asText())
                && fits(target.group(), slash < 0 ? "" : apiVersion.substring(0, slash))
                && fits(target.version(), apiVersion.substring(slash + 1))
                && (target.name() == null
                        || tree.path("metadata").path("name").asText().matches(target.name()));
    }

    private static boolean fits(@Nullable String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }

    private void apply(JsonNode operation, JsonNode tree) {
        var path = operation.path("path").asText();
        var pointer = JsonPointer.compile(path);
        var field = pointer.last() == null ? "" : pointer.last().getMatchingProperty();
        var op = operation.path("op").asText();
        var owner = tree.at(pointer.head());
        if (owner instanceof ArrayNode list && op.equals("add") && field.equals(END)) {
            list.add(operation.path("value"));
            return;
        }
        if (!(owner instanceof ObjectNode parent)) {
            throw document.complaint("patches.path: " + path + " (expected: a field of an object that is there)");
        }
        if (!op.equals("add") && !parent.has(field)) {
            throw document.complaint(
                    "patches.path: " + path + " is not there (expected: so that it can be " + op + "d)");
        }
        switch (op) {
            case "add", "replace" -> parent.set(field, operation.path("value"));
            case "remove" -> parent.remove(field);
            default -> throw document.complaint("patches.op: " + op + " (expected: add, replace or remove)");
        }
    }
}
