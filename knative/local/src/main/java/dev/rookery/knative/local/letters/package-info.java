/// Dead letters as an operator sees them: what the topic holds, and what functions have recorded of it since. Start
/// with [LetterBox].
@NullMarked
package dev.rookery.knative.local.letters;

import org.jspecify.annotations.NullMarked;
