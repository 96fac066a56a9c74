package dev.rookery.eventing.delivery.reads;

import java.util.List;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/// Who reads, on whichever server.
///
/// @param user     null when the URL says it
/// @param password null when the URL says it
/// @param schemas  the function's own, then those that it shares
/// @param listener told of each statement
public record Login(@Nullable String user, @Nullable String password, List<String> schemas, ExecuteListener listener) {

    public Login {
        schemas = List.copyOf(schemas);
    }
}
