package dev.rookery.eventing.delivery;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Locale;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/// A span for each SQL statement, by OpenTelemetry's conventions for databases. The text has placeholders, no
/// values.
final class StatementSpans implements ExecuteListener {

    private static final String SPAN = StatementSpans.class.getName();

    private final transient Tracer tracer;

    StatementSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void executeStart(ExecuteContext context) {
        var sql = context.sql();
        var text = sql == null ? "batch" : sql;
        var span = tracer.spanBuilder(operation(text))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("db.system.name", "postgresql")
                .setAttribute("db.query.text", text)
                .startSpan();
        context.data(SPAN, span);
    }

    @Override
    public void exception(ExecuteContext context) {
        var span = span(context);
        if (span != null) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    @Override
    public void end(ExecuteContext context) {
        var span = span(context);
        if (span != null) {
            span.end();
        }
    }

    private static @Nullable Span span(ExecuteContext context) {
        return (Span) context.data(SPAN);
    }

    private static String operation(String sql) {
        int end = sql.indexOf(' ');
        return (end < 0 ? sql : sql.substring(0, end)).toUpperCase(Locale.ROOT);
    }
}
