/// What came of a drill: [Books] is what the database has, [Evidence] is that with what players saw, and the
/// [Judge] says what of it should not be.
@NullMarked
package dev.rookery.knative.load.drill.verdict;

import org.jspecify.annotations.NullMarked;
