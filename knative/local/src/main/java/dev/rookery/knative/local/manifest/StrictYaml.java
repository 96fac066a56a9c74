package dev.rookery.knative.local.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads YAML into the Kubernetes and Knative models, and lets no field pass that they do not know: a misspelt
/// `retries` would otherwise mean no retry at all.
final class StrictYaml {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new WithoutAnySetters())
            .build();

    private StrictYaml() {}

    /// The documents of a file, in order.
    static List<Document> documents(Path file) {
        try (var parser = YAML.getFactory().createParser(file.toFile())) {
            var documents = new ArrayList<Document>();
            for (var tree : YAML.readValues(parser, JsonNode.class).readAll()) {
                if (!tree.isObject()) {
                    throw new BadManifestException(file, "document: " + tree.getNodeType() + " (expected: an object)");
                }
                documents.add(new Document(file, tree));
            }
            return documents;
        } catch (IOException e) {
            throw new BadManifestException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /// A list that stands in a file as text.
    static JsonNode parse(Path file, String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new BadManifestException(file, e.getOriginalMessage(), e);
        }
    }

    /// One YAML document of a file.
    record Document(Path file, JsonNode tree) {

        /// `apiVersion/Kind`, such as `apps/v1/Deployment`.
        String kind() {
            return tree.path("apiVersion").asText() + "/" + tree.path("kind").asText();
        }

        <T> T as(Class<T> model) {
            try {
                return YAML.treeToValue(tree, model);
            } catch (UnrecognizedPropertyException e) {
                throw new BadManifestException(file, path(e) + ": is no field of " + kind(), e);
            } catch (JsonMappingException e) {
                throw new BadManifestException(file, path(e) + ": " + e.getOriginalMessage(), e);
            } catch (JsonProcessingException e) {
                throw new BadManifestException(file, e.getOriginalMessage(), e);
            }
        }

        /// @throws BadManifestException when it is left out
        <T> T said(String path, @Nullable T value) {
            if (value == null) {
                throw complaint(path + ": none (expected: said, because Knative's default is not what we want)");
            }
            return value;
        }

        /// @throws BadManifestException when something stands there
        void refuse(String path, @Nullable Object value) {
            if (value != null) {
                throw complaint(path + ": " + value + " (expected: nothing, it is not done on one machine)");
            }
        }

        BadManifestException complaint(String text) {
            return new BadManifestException(file, text);
        }

        private static String path(JsonMappingException e) {
            var path = new StringBuilder();
            for (var step : e.getPath()) {
                if (step.getFieldName() == null) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
                }
            }
            return path.toString();
        }
    }

    /// The models collect unknown fields in a map of their own; without its setter Jackson names them.
    private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
