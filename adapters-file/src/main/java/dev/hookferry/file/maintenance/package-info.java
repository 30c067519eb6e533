/** Recovery at start, checkpoints, and retention. */
@NullMarked
package dev.hookferry.file.maintenance;

import org.jspecify.annotations.NullMarked;
