package dev.rookery.eventing.delivery.batch;

import dev.rookery.eventing.delivery.inbox.InboxRow;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/// How what the commands of one transaction work on comes out of the database and goes back. One an application:
/// all of its batched commands share it. Used by several threads at once.
///
/// @param <N> names what one command works on
/// @param <W> what they work on: kept in memory, used by one thread, ended with the transaction
public interface Workspace<N, W> {

    /// Locks what commands need, in the order of ids, in a statement that reads nothing else: what a command finds
    /// must have been committed by whoever held the lock before.
    ///
    /// @param needs of each command, in the order in which they are decided; of some that were recorded before, too
    Locked<W> lock(DSLContext transaction, List<N> needs);

    /// What is locked and not yet read.
    interface Locked<W> {

        /// Reads what is there under the locks; called after the inbox was looked at.
        W read();
    }

    /// Writes what was done in the workspace, hot rows last.
    ///
    /// @param batch    names the transaction, as the outcomes' rows do
    /// @param outcomes that are new, written already
    void save(DSLContext transaction, W work, UUID batch, List<InboxRow> outcomes);
}
