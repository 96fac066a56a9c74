package dev.rookery.knative.load.swarm;

import dev.rookery.knative.load.measure.Times;
import dev.rookery.knative.load.socket.Dialer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Many players in one process, spread over a few event loops. Used by one thread, which says when what is sent; it
/// never waits for an answer.
public final class Swarm implements AutoCloseable {

    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    private static final int GOODBYE_MILLIS = 500;

    private final SwarmSettings settings;
    private final Dialer dialer;
    private final List<Shard> shards = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    public Swarm(SwarmSettings settings) {
        this.settings = settings;
        dialer = new Dialer(settings.loops());
        dialer.loops().forEach(loop -> shards.add(new Shard(settings, dialer, loop, TOKEN_LIFETIME)));
    }

    /// Members that were told to connect.
    public int size() {
        return members.size();
    }

    /// Lets one more member connect; at most as many as the settings say.
    public void grow() {
        if (members.size() == settings.size()) {
            throw new IllegalStateException("members: all " + settings.size() + " are there (expected: fewer)");
        }
        var shard = shard(members.size());
        var member = new Member(members.size(), shard);
        members.add(member);
        shard.execute(() -> shard.add(member));
    }

    /// Sends a cast.
    ///
    /// @param number from 0; says who sends it
    /// @param due    when it was to be sent, in nanoseconds of [System#nanoTime]; its age counts from there
    public void cast(long number, long due) {
        int sender = settings.sender(number);
        if (sender < members.size()) {
            shard(sender).execute(() -> members.get(sender).cast(due));
        }
    }

    /// Sends a command, the members taking turns.
    public void command(long number, long due) {
        int sender = (int) (number % members.size());
        shard(sender).execute(() -> members.get(sender).command(due));
    }

    /// Cuts about a share of the connections without a word, all at once; they come back at once.
    public void cut(double share) {
        shards.forEach(shard -> shard.execute(() -> shard.cut(share)));
    }

    public Observation observed() {
        var counts = new EnumMap<Count, Long>(Count.class);
        var errors = new TreeMap<String, Long>();
        var endings = new TreeMap<String, Long>();
        var breaches = new TreeMap<String, Long>();
        for (var shard : shards) {
            for (var each : Count.values()) {
                counts.merge(each, shard.tally.counted(each), Long::sum);
            }
            shard.tally.addWordsTo(errors, endings, breaches);
        }
        return new Observation(counts, errors, endings, breaches);
    }

    /// What was timed since the last call.
    public Map<Timing, Histogram> takeTimes() {
        var times = new EnumMap<Timing, Histogram>(Timing.class);
        for (var each : Timing.values()) {
            times.put(each, Times.histogram());
        }
        shards.forEach(shard -> shard.tally.moveTimesTo(times));
        return times;
    }

    /// Says goodbye for everybody.
    @Override
    public void close() {
        shards.forEach(shard -> shard.execute(shard::leave));
        try {
            TimeUnit.MILLISECONDS.sleep(GOODBYE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dialer.close();
    }

    private Shard shard(int member) {
        return shards.get(member % shards.size());
    }
}
