/** Reading a whole store as a stream of records, and filling one from such a stream. */
@NullMarked
package dev.hookferry.file.transfer;

import org.jspecify.annotations.NullMarked;
