/// Reads the folder of catalog files, one a function, and checks data against the schemas in them. Start with
/// [CatalogFolder].
@NullMarked
package dev.rookery.eventing.catalog;

import org.jspecify.annotations.NullMarked;
