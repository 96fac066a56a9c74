/// Gives gateway and functions the AOT caches that they begin with: [Train] starts a platform, [Visitor]s play on
/// it what functions keep in `src/training`, and every application writes its cache as it ends.
@NullMarked
package dev.rookery.knative.load.training;

import org.jspecify.annotations.NullMarked;
