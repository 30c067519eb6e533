/** Temporary folders of the demo, the bench and the training of archives. */
@NullMarked
package dev.hookferry.app.files;

import org.jspecify.annotations.NullMarked;
