/// The backing services on one machine: real PostgreSQL, Kafka and Redis as child processes on loopback, with
/// real durability, brought by Maven. Used by the one-machine platform, by tests, and by the build, which
/// generates jOOQ classes against the real thing. Start with [ChildProcess], then [Postgres] and its
/// [PostgresReplica].
@NullMarked
package dev.rookery.knative.backing;

import org.jspecify.annotations.NullMarked;
