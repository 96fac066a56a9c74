/// Who may connect: how many at once, how often from one address, for which pages, and whose word is taken for an
/// address. Rules alone; `transport` asks them. Start with [Admission].
@NullMarked
package dev.rookery.gateway.admission;

import org.jspecify.annotations.NullMarked;
