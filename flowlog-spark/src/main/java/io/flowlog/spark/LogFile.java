package io.flowlog.spark;

import java.io.Serializable;

/**
 * A file to read. A driver can hold millions of them, so this is all that it keeps of each.
 *
 * @param path the whole path, with the scheme
 * @param length bytes as stored
 */
record LogFile(String path, long length) implements Serializable {
    private static final long serialVersionUID = 1L;
}
