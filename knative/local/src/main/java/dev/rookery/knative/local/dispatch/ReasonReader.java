package dev.rookery.knative.local.dispatch;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/// Reads an answer's text, which is a reason to be shown: keeps its beginning, drops the rest, and gives up an answer
/// that has not ended in time.
final class ReasonReader implements HttpResponse.BodySubscriber<String> {

    static final int MAX_BYTES = 4_096;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<String> text;

    /// @param nanos that are left for the answer; then it fails with a `TimeoutException`
    ReasonReader(long nanos) {
        this.text = new CompletableFuture<String>().orTimeout(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        text.whenComplete((_, error) -> {
            if (error != null) {
                subscription.cancel();
            }
        });
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (var part : parts) {
            var bytes = new byte[Math.min(part.remaining(), MAX_BYTES - kept.size())];
            part.get(bytes);
            kept.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        text.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        text.complete(kept.toString(StandardCharsets.UTF_8));
    }
}
