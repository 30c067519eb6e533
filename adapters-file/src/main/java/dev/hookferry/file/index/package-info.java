/** Indexes of segments: which records may match, without reading them. */
@NullMarked
package dev.hookferry.file.index;

import org.jspecify.annotations.NullMarked;
