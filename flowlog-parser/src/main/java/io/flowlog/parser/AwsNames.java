package io.flowlog.parser;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a header line whose names have underscores, as in Parquet files and in tables made of them.
 *
 * <p>Such a line is not accepted as a header: another program wrote the text, and may have changed the values too, for
 * example to nothing for an absent column. The reader would also have to rename the columns, though a column is otherwise
 * read and delivered under the name in the header. A message that says what to change is the safer answer.
 */
final class AwsNames {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

    private AwsNames() {}

    /** The first name as AWS writes it that the line has with underscores; null if the line is not such a header. */
    static @Nullable String withHyphens(String line) {
        String found = null;
        for (String word : line.replace("\uFEFF", "").strip().split(" +")) {
            if (!NAME.matcher(word).matches()) {
                return null;
            }
            String name = word.replace('_', '-');
            if (found == null && !name.equals(word) && FlowLogField.of(name).isPresent()) {
                found = name;
            }
        }
        return found;
    }
}
