/** Lines of text: checksums, numbering, and the small JSON reader and writer of the journal. */
@NullMarked
package dev.hookferry.file.line;

import org.jspecify.annotations.NullMarked;
