package dev.rookery.knative.load.drill.guard;

import dev.rookery.knative.load.drill.guard.Patch.DoesNotCall;
import dev.rookery.knative.load.drill.guard.Patch.DoesNothing;
import dev.rookery.knative.load.drill.guard.Patch.Returns;
import dev.rookery.knative.load.drill.guard.Patch.ReturnsReplaced;
import dev.rookery.knative.load.drill.guard.Patch.Says;
import java.util.List;

/// Guards that can be taken out of a platform.
public enum Guard {
    /// A command that was carried out is looked up, and not carried out again.
    INBOX(new Says(
            "dev/rookery/eventing/delivery/inbox/InboxTable", "where inbox.source = asked.source", "where false")),
    /// An id stands for one command: another one under it is told from the first.
    FINGERPRINT(new Returns("dev/rookery/eventing/delivery/inbox/Fingerprint", "of", "0".repeat(64))),
    /// What is not known to be told is told later.
    SWEEP(new DoesNothing("dev/rookery/eventing/delivery/Sweep", "run", "")),
    /// A player's stream takes an event once.
    STREAM(new ReturnsReplaced(
            "dev/rookery/eventing/stream/Script",
            "read",
            "local known = redis.call('HGET', KEYS[3], ARGV[7])",
            "local known = false")),
    /// A player is told when the stream began anew.
    EPOCH(new Returns("dev/rookery/eventing/stream/Opening", "resumed", true)),
    /// Limits are checked.
    LIMITS(new DoesNothing(
            "dev/rookery/functions/ledger/protection/Limits", "check", "String,LimitKind,long,Activity,Instant")),
    /// Exclusions are checked.
    EXCLUSION(new DoesNothing("dev/rookery/functions/ledger/protection/Player", "excluded", "Instant")),
    /// Nobody takes out what is not there.
    FUNDS(
            new DoesNotCall("dev/rookery/functions/ledger/Account", "out", "available"),
            new DoesNotCall("dev/rookery/functions/ledger/Account", "checked", "available")),
    /// Two transactions of one player come one after the other, and one that is late writes nothing.
    LOCKS(
            new Says("dev/rookery/functions/ledger/PlayerRows", " for no key update", ""),
            new Says(
                    "dev/rookery/functions/ledger/AccountRows",
                    "and account.version = changed.version_before and account.held = changed.held_before",
                    "")),
    /// Rounds that nobody ends are ended.
    DEADLINES(new DoesNothing("dev/rookery/functions/rounds/Deadlines", "run", "")),
    /// A player reads what it was told, however far the replica is.
    SEEN(new DoesNothing("dev/rookery/eventing/contract/Request", "seen", "")),
    /// What is not delivered yet is delivered again after a crash.
    OFFSETS(new DoesNotCall("dev/rookery/knative/local/dispatch/Offsets", "taken", "add")),
    /// A delivery that failed is tried again.
    RETRIES(new DoesNothing("dev/rookery/knative/local/manifest/Delivery", "retry", ""));

    private final List<Patch> patches;

    Guard(Patch... patches) {
        this.patches = List.of(patches);
    }

    List<Patch> patches() {
        return patches;
    }
}
