package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.Answer;
import dev.rookery.knative.load.protocol.ClientFrames;
import dev.rookery.knative.load.protocol.Closing;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.protocol.ServerFrame;
import dev.rookery.knative.load.protocol.Welcome;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A player who plays on whatever happens to the connection.
///
/// A command is kept until it is decided: it is sent, sent again under the same id when the server sends it back,
/// and sent again in the order of asking over each new connection. It ends in one of three ways: the event that
/// decides it (a refusal by the rules is one), a [FrameRejectedException] when the server will never take it, or
/// a [PlayerStoppedException] when there will be no connection any more. A command for which nothing comes is not
/// sent again over the same connection: the server has promised to answer it, and a client that asked again would
/// hide that it did not. Who cannot wait for ever puts a bound on the future.
///
/// A query is kept in the same way; its answer is not part of the stream, so it is asked again over a new
/// connection.
///
/// Safe for use by many threads; commands have the order of the calls. Futures complete on the client's one
/// thread: what follows there must not block.
public final class Player implements AutoCloseable {

    private final String id;
    private final Home home;
    private final PlayerSettings settings;
    private final PlayerListener listener;
    private final Line.Way way;
    private final Outbox<Event> commands;
    private final Outbox<Answer> queries;
    private final Follower follower = new Follower();
    private final Answers answers;
    private final Recorder recorder = new Recorder();
    private final Line line;
    private final CompletableFuture<Welcome> welcomed = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private @Nullable PlayerStoppedException stopped;

    Player(String id, Line.Way way, PlayerSettings settings, Home home, PlayerListener listener) {
        this.id = id;
        this.home = home;
        this.settings = settings;
        this.listener = listener;
        this.way = way;
        this.commands = new Outbox<>(settings.window(), settings.maxUndecided());
        this.queries = new Outbox<>(settings.window(), settings.maxUndecided());
        this.answers = new Answers(settings.remembered());
        this.line = new Line(id, way, settings, home, new FromLine());
    }

    void begin() {
        home.execute(line::connect);
    }

    public String id() {
        return id;
    }

    /// Asks for an effect under a new id.
    ///
    /// @return the event that decides it
    public CompletableFuture<Event> command(String type, JsonNode data) {
        return command("c-" + UUID.randomUUID(), type, data);
    }

    /// Asks for an effect; the same id again, once it is decided, gets the same answer.
    ///
    /// @return the event that decides it; fails with [TooMuchUndecidedException] when the player keeps
    ///         as much as it may, with [IllegalArgumentException] when a command of that id is undecided
    public CompletableFuture<Event> command(String command, String type, JsonNode data) {
        return ask(commands, command, ClientFrames.command(command, type, data));
    }

    /// Asks to know something.
    public CompletableFuture<Answer> query(String type, JsonNode data) {
        var query = "q-" + UUID.randomUUID();
        return ask(queries, query, ClientFrames.query(query, type, data));
    }

    /// Sends a frame as it is, once, and keeps nothing of it: whatever it brings is the listener's.
    ///
    /// @return completed when it has left; fails with [NotConnectedException] when there is no connection
    public CompletableFuture<Void> send(String frame) {
        var sent = new CompletableFuture<Void>();
        boolean isTaken = home.execute(() -> {
            try {
                line.send(frame).whenComplete((left, failure) -> settle(sent, failure));
            } catch (NotConnectedException e) {
                sent.completeExceptionally(e);
            }
        });
        return isTaken ? sent : CompletableFuture.failedFuture(new NotConnectedException());
    }

    /// Loses the connection without a goodbye, as a network does; the player comes back by itself.
    public void cut() {
        home.execute(line::cut);
    }

    /// Completed with the first welcome; fails when the player stops before.
    public CompletableFuture<Welcome> welcomed() {
        return welcomed.copy();
    }

    /// Where the player is in its stream; empty before the first welcome.
    public Optional<Position> position() {
        return Optional.ofNullable(follower.position());
    }

    public Observed observed() {
        return recorder.soFar();
    }

    /// Says goodbye. What is undecided fails with [PlayerStoppedException].
    @Override
    public void close() {
        home.execute(() -> {
            if (stopped == null) {
                var goodbye = line.end();
                stop(new Closing(Closing.NORMAL, "closed"));
                goodbye.whenComplete((left, failure) -> closed.complete(null));
            }
        });
    }

    /// Completed when the goodbye has left, or the player was stopped otherwise.
    CompletableFuture<Void> closed() {
        return closed;
    }

    private <R> CompletableFuture<R> ask(Outbox<R> outbox, String request, String frame) {
        if (!outbox.reserve()) {
            return CompletableFuture.failedFuture(new TooMuchUndecidedException(settings.maxUndecided()));
        }
        var decided = new CompletableFuture<R>();
        if (!home.execute(() -> add(outbox, request, frame, decided))) {
            decided.completeExceptionally(new PlayerStoppedException(new Closing(Closing.NORMAL, "closed")));
        }
        return decided;
    }

    private <R> void add(Outbox<R> outbox, String request, String frame, CompletableFuture<R> decided) {
        if (stopped != null) {
            outbox.release();
            decided.completeExceptionally(stopped);
        } else if (!outbox.add(request, frame, decided)) {
            outbox.release();
            decided.completeExceptionally(
                    new IllegalArgumentException("id: " + request + " (expected: one that is not undecided)"));
        } else {
            pump();
        }
    }

    /// Sends what may go now.
    private void pump() {
        pump(commands);
        pump(queries);
    }

    private void pump(Outbox<?> outbox) {
        while (line.isReady()) {
            var frame = outbox.next(line.pending(), System.nanoTime());
            if (frame == null) {
                return;
            }
            line.send(frame);
        }
    }

    private void event(Event event) {
        recorder.event(event);
        boolean isNew = true;
        if (!event.repeat()) {
            var step = follower.follow(event);
            isNew = step.isNew();
            violated(step.violation());
        }
        violated(answers.check(follower.position(), event));
        var decided = event.re() == null ? null : commands.settle(event.re());
        if (isNew) {
            listener.event(event);
        }
        if (decided != null) {
            decided.complete(event);
        }
        pump();
    }

    private void answer(Answer answer) {
        var decided = queries.settle(answer.re());
        if (decided != null) {
            decided.complete(answer);
        }
        pump();
    }

    private void error(ServerFrame.Rejected error) {
        recorder.error(error.code());
        var request = error.re();
        if (request == null) {
            return;
        }
        if (error.isToBeSentAgain()) {
            again(commands, request, error.retryAfter());
            again(queries, request, error.retryAfter());
        } else {
            refuse(commands.settle(request), error);
            refuse(queries.settle(request), error);
        }
        pump();
    }

    private void again(Outbox<?> outbox, String request, @Nullable Duration retryAfter) {
        int sendings = outbox.sendings(request);
        if (sendings == 0) {
            return;
        }
        var wait = retryAfter == null ? settings.backoff().delay(sendings, way.random()) : retryAfter;
        outbox.sentBack(request, System.nanoTime() + wait.toNanos());
        home.schedule(wait, this::pump);
    }

    private static void refuse(@Nullable CompletableFuture<?> decided, ServerFrame.Rejected error) {
        if (decided != null) {
            decided.completeExceptionally(new FrameRejectedException(error));
        }
    }

    private void violated(@Nullable Violation violation) {
        if (violation != null) {
            recorder.violated(violation);
            listener.violated(violation);
        }
    }

    private void stop(Closing how) {
        var why = new PlayerStoppedException(how);
        stopped = why;
        listener.stopped(how);
        welcomed.completeExceptionally(why);
        commands.end(why);
        queries.end(why);
    }

    private static void settle(CompletableFuture<Void> sent, @Nullable Throwable failure) {
        if (failure == null) {
            sent.complete(null);
        } else {
            sent.completeExceptionally(failure);
        }
    }

    /// What the line brings.
    private final class FromLine implements Line.Owner {

        @Override
        public @Nullable Position position() {
            return follower.position();
        }

        @Override
        public void sent(String frame) {
            listener.sent(frame);
        }

        @Override
        public void received(String frame) {
            listener.received(frame);
        }

        @Override
        public void welcomed(@Nullable Position asked, Welcome welcome) {
            recorder.welcomed(welcome);
            Player.this.violated(follower.welcomed(asked, welcome));
            listener.welcomed(welcome);
            welcomed.complete(welcome);
            commands.connectionLost();
            queries.connectionLost();
            pump();
        }

        @Override
        public void frame(ServerFrame frame) {
            switch (frame) {
                case Event event -> event(event);
                case Answer answer -> answer(answer);
                case ServerFrame.Rejected error -> error(error);
                case ServerFrame.Accepted _ -> recorder.accepted();
                // The line's affair.
                case Welcome _, ServerFrame.Drain _ -> {}
                case ServerFrame.Other _ -> {}
            }
        }

        @Override
        public void violated(Violation violation) {
            Player.this.violated(violation);
        }

        @Override
        public void parted(Closing how, Duration again) {
            recorder.ended(how);
            listener.parted(how, again);
        }

        @Override
        public void stopped(Closing how) {
            recorder.ended(how);
            stop(how);
            closed.complete(null);
        }
    }
}
