/** Small files beside the journal: configuration, replays, tallies. */
@NullMarked
package dev.hookferry.file.config;

import org.jspecify.annotations.NullMarked;
