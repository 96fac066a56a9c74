package dev.rookery.eventing.delivery.batch;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;

/// What a function makes of one command, whoever else is in the transaction.
///
/// @param <T> the command's data
/// @param <N> names what it works on
/// @param <W> what it works on
public interface Rule<T, N, W> {

    /// What has to be locked and read before [#decide]; looks at the command alone.
    N needs(Command<T> command);

    /// Decides the command and does in the workspace what was decided. It sees what the commands before it in the same
    /// transaction did there. Does no I/O; one that throws leaves nothing behind, and the others are carried out
    /// without it.
    Decision decide(Command<T> command, W work);
}
