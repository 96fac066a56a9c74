/// What players scored. Start with [ScoreFunction].
@NullMarked
package dev.rookery.functions.@name@;

import org.jspecify.annotations.NullMarked;
