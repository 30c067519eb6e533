/**
 * Indexes of segments: which records may match, without reading them. Records are read and checked
 * in {@code file.search}; pending deliveries are indexed in {@code file.pending}.
 */
@NullMarked
package dev.hookferry.file.index;

import org.jspecify.annotations.NullMarked;
