package io.flowlog.parquet;

import dev.hardwood.internal.metadata.DataPageHeader;
import dev.hardwood.internal.metadata.DataPageHeaderV2;
import dev.hardwood.internal.metadata.PageHeader;
import dev.hardwood.internal.reader.Dictionary;
import dev.hardwood.internal.reader.Page;
import dev.hardwood.internal.reader.PageDecoder;
import dev.hardwood.internal.thrift.PageHeaderReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.Encoding;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.ColumnSchema;
import io.flowlog.parser.CorruptParquetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The pages of one column in one row group. Every size in a page's header is checked before memory is allocated for it. */
final class ColumnPages {
    private static final int USUAL_HEADER = 256;
    private static final int LONGEST_HEADER = 1 << 20;
    /** A text value takes an object of 16 bytes and more, and a reference. */
    private static final int VALUE_BYTES = 24;

    private final ChunkBytes bytes;
    private final MemoryShare memory;
    private final ColumnSchema column;
    private final ColumnMetaData metaData;
    private final PageDecoder decoder;
    private final Cells cells;
    private final String place;
    private final String name;
    private final long rows;

    private long position;
    private @Nullable Dictionary dictionary;
    private long dictionaryMemory;
    private long pageMemory;
    private long decoded;
    private long nulls;

    /**
     * The pages of a column.
     *
     * @param rows the number of rows in the row group
     * @param name the name of the file
     * @param place the row group and the column, for errors
     */
    ColumnPages(
            ChunkBytes bytes,
            MemoryShare memory,
            ColumnSchema column,
            ColumnMetaData metaData,
            Cells cells,
            long start,
            long rows,
            String name,
            String place) {
        this.bytes = bytes;
        this.memory = memory;
        this.column = column;
        this.metaData = metaData;
        this.cells = cells;
        this.position = start;
        this.rows = rows;
        this.name = name;
        this.place = place;
        this.decoder = new PageDecoder(metaData, column, Codecs.INSTANCE);
    }

    /** Decodes the next page that has values, and gives it to the cells; the number of its values. */
    int next() throws IOException {
        while (true) {
            if (position >= bytes.end()) {
                throw damaged(position, "expected " + rows + " values, found " + decoded);
            }
            int length = headerLength();
            PageHeader header = header(length);
            int stored = header.compressedPageSize();
            long after = position + length + stored;
            if (after > bytes.end()) {
                throw damaged(position, "expected a page that ends in its column, found one of " + stored + " bytes");
            }
            int values = 0;
            if (header.type() == PageHeader.PageType.DICTIONARY_PAGE) {
                readDictionary(header, length);
            } else if (header.type() != PageHeader.PageType.INDEX_PAGE) {
                values = readData(header, length);
            }
            position = after;
            if (values > 0) {
                return values;
            }
        }
    }

    /** Checks the column after its last row, and gives back its memory. */
    void end() throws IOException {
        Long expected =
                metaData.statistics() == null ? null : metaData.statistics().nullCount();
        if (expected != null && expected != nulls) {
            throw damaged(position, "expected " + expected + " nulls, found " + nulls);
        }
        memory.add(-pageMemory - dictionaryMemory);
        pageMemory = 0;
        dictionaryMemory = 0;
        bytes.release();
    }

    private int headerLength() throws IOException {
        long rest = bytes.end() - position;
        for (int count = USUAL_HEADER; ; count *= 8) {
            int shown = (int) Math.min(rest, Math.min(count, LONGEST_HEADER));
            try {
                return ThriftBounds.length(bytes.at(position, shown));
            } catch (ThriftBounds.Incomplete e) {
                if (shown == rest || shown == LONGEST_HEADER) {
                    throw damaged(position, "expected the header of a page, found none within " + shown + " bytes");
                }
            } catch (IllegalArgumentException e) {
                throw damaged(position, "expected the header of a page, found " + e.getMessage());
            }
        }
    }

    private PageHeader header(int length) throws IOException {
        ByteBuffer header = bytes.at(position, length);
        return decoding("the header of a page", () -> {
            PageHeader page = PageHeaderReader.read(new ThriftCompactReader(header));
            boolean complete = switch (page.type()) {
                case DATA_PAGE -> page.dataPageHeader() != null;
                case DATA_PAGE_V2 -> page.dataPageHeaderV2() != null;
                case DICTIONARY_PAGE -> page.dictionaryPageHeader() != null;
                default -> true;
            };
            if (!complete) {
                throw new IOException("a header without its second part");
            }
            return page;
        });
    }

    private void readDictionary(PageHeader header, int length) throws IOException {
        int values = header.dictionaryPageHeader().numValues();
        int size = header.uncompressedPageSize();
        int smallest = column.type() == PhysicalType.INT64 || column.type() == PhysicalType.DOUBLE ? 8 : 1;
        if (dictionary != null || decoded > 0 || values < 0 || (long) values * smallest > size) {
            throw damaged(
                    position,
                    "expected one dictionary before the data, found one of " + values + " values in " + size
                            + " bytes");
        }
        dictionaryMemory = 2L * size + (long) values * VALUE_BYTES;
        memory.add(dictionaryMemory);
        ByteBuffer stored = bytes.at(position + length, header.compressedPageSize());
        dictionary = decoding("a dictionary", () -> {
            requireCrc(header, stored);
            byte[] plain = Codecs.INSTANCE.getDecompressor(metaData.codec()).decompress(stored, size);
            return Dictionary.parse(plain, values, column.type(), column.typeLength());
        });
        cells.use(dictionary);
    }

    private static void requireCrc(PageHeader header, ByteBuffer stored) throws IOException {
        if (header.crc() != null) {
            CRC32 crc = new CRC32();
            crc.update(stored.duplicate());
            if ((int) crc.getValue() != header.crc()) {
                throw new IOException("a wrong CRC-32");
            }
        }
    }

    private int readData(PageHeader header, int length) throws IOException {
        DataPageHeaderV2 v2 = header.dataPageHeaderV2();
        DataPageHeader v1 = header.dataPageHeader();
        boolean isV2 = header.type() == PageHeader.PageType.DATA_PAGE_V2;
        int values = isV2 ? v2.numValues() : v1.numValues();
        if (values < 0 || values > rows - decoded) {
            throw damaged(position, "expected at most " + (rows - decoded) + " more values, found a page of " + values);
        }
        int levels = isV2 ? v2.definitionLevelsByteLength() : 0;
        if (isV2
                && (levels < 0
                        || v2.repetitionLevelsByteLength() != 0
                        || levels > Math.min(header.compressedPageSize(), header.uncompressedPageSize()))) {
            throw damaged(position, "expected levels that fit into the page, found " + levels + " bytes of them");
        }
        int size = header.uncompressedPageSize();
        long needed = 3L * size + (long) values * VALUE_BYTES;
        memory.add(needed - pageMemory);
        pageMemory = needed;
        ByteBuffer page = bytes.at(position, length + header.compressedPageSize());
        Page decodedPage = decoding("a page", () -> decoder.decodePage(page.slice(), dictionary));
        Encoding encoding = isV2 ? v2.encoding() : v1.encoding();
        boolean isFromDictionary = encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY;
        int absent = cells.use(decodedPage, values, isFromDictionary);
        if (isV2 && v2.numNulls() != absent) {
            throw damaged(position, "expected " + v2.numNulls() + " nulls, found " + absent);
        }
        nulls += absent;
        decoded += values;
        return values;
    }

    private interface Decoding<T> {
        T run() throws IOException;
    }

    /** Everything that hardwood throws for damaged data becomes one exception that says where. */
    private <T> T decoding(String what, Decoding<T> decoding) throws IOException {
        try {
            return decoding.run();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            CorruptParquetException damaged = damaged(position, "expected " + what + ", found: " + message);
            damaged.initCause(e);
            throw damaged;
        }
    }

    private CorruptParquetException damaged(long at, String expectedAndFound) {
        return new CorruptParquetException(name, place + ", byte " + at + ": " + expectedAndFound);
    }
}
