package dev.rookery.eventing.stream;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a stream is, and what came after the position that was asked.
///
/// @param position newest event of the stream
/// @param resumed  whether the stream goes on from the asked position without a gap
/// @param missed   the events after the asked position, in order, from the oldest; empty unless resumed
/// @param lsn      what the stream has told was committed before it; null when that is not known
public record Opening(
        Position position,
        boolean resumed,
        List<Entry> missed,
        @Nullable Lsn lsn) {

    public Opening {
        missed = List.copyOf(missed);
    }

    /// What open.lua returns.
    static Opening read(List<Object> reply) {
        var position = new Position((String) reply.get(0), (Long) reply.get(1));
        boolean resumed = (Long) reply.get(2) == 1;
        var missed = ((List<?>) reply.get(3))
                .stream().map(entry -> Entry.read((List<?>) entry)).toList();
        var lsn = (String) reply.get(4);
        return new Opening(position, resumed, missed, lsn.isEmpty() ? null : Lsn.parse(lsn));
    }
}
