/// The certificate that the player port shows, as long as the operator keeps it fresh. Start with [Certificates].
@NullMarked
package dev.rookery.gateway.tls;

import org.jspecify.annotations.NullMarked;
