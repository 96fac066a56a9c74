package dev.rookery.knative.local;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.Map;

/// The dispatcher's spans leave the process only when the operator says where to, as those of gateway and
/// functions do; without that, what is traced elsewhere passes through unchanged.
final class Telemetry implements AutoCloseable {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final ContextPropagators PROPAGATORS =
            ContextPropagators.create(W3CTraceContextPropagator.getInstance());

    private final OpenTelemetry telemetry;
    private final Runnable shutdown;

    private Telemetry(OpenTelemetry telemetry, Runnable shutdown) {
        this.telemetry = telemetry;
        this.shutdown = shutdown;
    }

    static Telemetry of(Map<String, String> environment) {
        var endpoint = environment.get(ENDPOINT);
        if (endpoint == null) {
            return new Telemetry(OpenTelemetry.propagating(PROPAGATORS), () -> {});
        }
        var sdk = exporting(endpoint);
        return new Telemetry(sdk, sdk::close);
    }

    private static OpenTelemetrySdk exporting(String endpoint) {
        var name = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "dispatcher"));
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint + "/v1/traces")
                .build();
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(Resource.getDefault().merge(name))
                        .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                        .build())
                .setPropagators(PROPAGATORS)
                .build();
    }

    OpenTelemetry openTelemetry() {
        return telemetry;
    }

    @Override
    public void close() {
        shutdown.run();
    }
}
