package dev.rookery.functions.ledger.chain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// One transaction in the chain of its stripe. Its hash is SHA-256 over, in this order: the hash before it, its number,
/// moment and batch, then the [Entry] texts of its transfers by id and of its outcomes by source and id. Every part is
/// preceded by its length in bytes, so that no two contents have the same bytes.
///
/// @param n         1, 2, 3 … in its stripe
/// @param at        by the function's clock, in whole microseconds
/// @param batch     names the transaction
/// @param transfers how many it made
/// @param outcomes  how many it recorded
public record Link(int stripe, long n, Instant at, UUID batch, int transfers, int outcomes, Hash hash) {

    /// The link that comes after a head.
    ///
    /// @param transfers by id
    /// @param outcomes  by source and id
    public static Link after(Head head, Instant at, UUID batch, List<Entry> transfers, List<Entry> outcomes) {
        long n = head.n() + 1;
        var digest = new Digest()
                .add(head.hash())
                .add(head.stripe() + "/" + n)
                .add(at.toString())
                .add(batch.toString());
        transfers.forEach(entry -> digest.add(entry.text()));
        outcomes.forEach(entry -> digest.add(entry.text()));
        return new Link(head.stripe(), n, at, batch, transfers.size(), outcomes.size(), digest.end());
    }

    public Head head() {
        return new Head(stripe, n, hash);
    }
}
