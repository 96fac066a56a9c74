package dev.rookery.knative.local.manifest;

import io.fabric8.knative.duck.v1.CloudEventOverrides;
import io.fabric8.knative.sources.v1.PingSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one PingSource.
final class PingReader {

    private final StrictYaml.Document document;
    private final String namespace;
    private final References references;

    PingReader(StrictYaml.Document document, String namespace, References references) {
        this.document = document;
        this.namespace = namespace;
        this.references = references;
    }

    Ping read(PingSource source) {
        var spec = source.getSpec();
        document.refuse("spec.timezone", spec.getTimezone());
        document.refuse("spec.dataBase64", spec.getDataBase64());
        try {
            return new Ping(
                    source.getMetadata().getName(),
                    namespace,
                    Schedule.parse(document.said("spec.schedule", spec.getSchedule())),
                    document.said("spec.contentType", spec.getContentType()),
                    document.said("spec.data", spec.getData()),
                    extensions(spec.getCeOverrides()),
                    references.service(document, spec.getSink()));
        } catch (IllegalArgumentException e) {
            throw document.complaint(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> extensions(@Nullable CloudEventOverrides overrides) {
        return overrides == null || overrides.getExtensions() == null ? Map.of() : overrides.getExtensions();
    }
}
