package io.flowlog.benchmarks;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.univocity.parsers.csv.CsvParserSettings;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What people read flow logs with when they have no parser for them: rows of words, the header first. */
enum Peers {
    /** {@link BufferedReader} and {@link String#split}. */
    SPLIT {
        @Override
        void read(InputStream in, Consumer<String[]> rows) throws IOException {
            try (BufferedReader lines = new BufferedReader(reader(in))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    rows.accept(line.split(" "));
                }
            }
        }
    },
    /** FastCSV with a space between the fields. */
    FAST_CSV {
        @Override
        void read(InputStream in, Consumer<String[]> rows) throws IOException {
            try (CsvReader<CsvRecord> reader =
                    CsvReader.builder().fieldSeparator(' ').ofCsvRecord(reader(in))) {
                for (CsvRecord row : reader) {
                    rows.accept(row.getFields().toArray(new String[0]));
                }
            }
        }
    },
    /** univocity-parsers, reading on the caller's thread. */
    UNIVOCITY {
        @Override
        void read(InputStream in, Consumer<String[]> rows) {
            CsvParserSettings settings = new CsvParserSettings();
            settings.getFormat().setDelimiter(' ');
            settings.setReadInputOnSeparateThread(false);
            var parser = new com.univocity.parsers.csv.CsvParser(settings);
            parser.beginParsing(reader(in));
            for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
                rows.accept(row);
            }
        }
    },
    /** Jackson's CSV module, rows as arrays of Strings. */
    JACKSON_CSV {
        @Override
        void read(InputStream in, Consumer<String[]> rows) throws IOException {
            ObjectReader arrays = new CsvMapper()
                    .readerFor(String[].class)
                    .with(CsvParser.Feature.WRAP_AS_ARRAY)
                    .with(CsvSchema.emptySchema().withColumnSeparator(' '));
            try (MappingIterator<String[]> iterator = arrays.readValues(reader(in))) {
                while (iterator.hasNext()) {
                    rows.accept(iterator.next());
                }
            }
        }
    };

    /** Hands the words of every line to {@code rows}. */
    abstract void read(InputStream in, Consumer<String[]> rows) throws IOException;

    private static Reader reader(InputStream in) {
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }
}
