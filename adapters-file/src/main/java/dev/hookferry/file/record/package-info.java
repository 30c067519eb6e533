/** Records of the journal: what one line says, and how it is read and written. */
@NullMarked
package dev.hookferry.file.record;

import org.jspecify.annotations.NullMarked;
