/// Which platform of this machine is meant: [OnPlatform].
@NullMarked
package dev.rookery.knative.load.platform;

import org.jspecify.annotations.NullMarked;
