/// Generates jOOQ classes from a module's Flyway migrations, during the build, against the real PostgreSQL. Start
/// with [GenerateTables].
@NullMarked
package dev.rookery.knative.backing.tables;

import org.jspecify.annotations.NullMarked;
