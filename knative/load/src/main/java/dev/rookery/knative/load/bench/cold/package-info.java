/// How long a function takes from nothing to its first outcome: [Cold] starts it again and again, beside the one
/// of a platform that runs and with all that one is given.
@NullMarked
package dev.rookery.knative.load.bench.cold;

import org.jspecify.annotations.NullMarked;
