/**
 * Removes temporary folders of the demo, the bench and the training runs for class-data archives.
 * Files that users name are read and written in {@code app.cli.io}.
 */
@NullMarked
package dev.hookferry.app.files;

import org.jspecify.annotations.NullMarked;
