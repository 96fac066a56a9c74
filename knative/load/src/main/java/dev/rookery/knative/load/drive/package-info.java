/// `./rookery load`: drives a running platform with many players at steady rates, whatever comes back. Start with
/// [DriveRun].
@NullMarked
package dev.rookery.knative.load.drive;

import org.jspecify.annotations.NullMarked;
