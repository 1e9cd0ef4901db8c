package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.PLENTY;
import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ZstdTest {
    private static final SourceId SOURCE = SourceId.named("zstd");

    private static List<Batch> batches(String text, Lake lake, Compression compression, long bytes) throws IOException {
        try (FlowLogReader reader = FlowLogs.reader(text);
                BatchBuilder builder =
                        new BatchBuilder(SOURCE, "id", 1, lake, false, compression, bytes, Integer.MAX_VALUE, null)) {
            return Batches.of(reader, builder);
        }
    }

    private static byte[] unpacked(byte[] body) throws IOException {
        try (ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }

    private static void assertSame(Batch zstd, Batch plain) throws IOException {
        assertThat(unpacked(zstd.body())).isEqualTo(plain.body());
        assertThat(Zstd.findFrameCompressedSize(zstd.body(), 0)).as("one frame").isEqualTo(zstd.body().length);
        assertThat(zstd.key()).isEqualTo(plain.key());
        assertThat(zstd.jsonBytes()).isEqualTo(plain.jsonBytes());
    }

    @ParameterizedTest
    @EnumSource(Lake.class)
    void everyBodyIsOneFrameOfTheSameJsonAndTheSameWhenMadeAgain(Lake lake) throws IOException {
        for (long bytes : new long[] {1, 10_000, 200_000, 64 << 20}) {
            String text = FlowLogs.text(bytes == 1 ? 20 : 3000);
            List<Batch> plain = batches(text, lake, Compression.NONE, bytes);
            List<Batch> zstd = batches(text, lake, Compression.ZSTD, bytes);
            List<Batch> again = batches(text, lake, Compression.ZSTD, bytes);
            assertThat(zstd).hasSameSizeAs(plain).hasSameSizeAs(again);
            for (int i = 0; i < plain.size(); i++) {
                assertSame(zstd.get(i), plain.get(i));
                assertThat(again.get(i).body()).isEqualTo(zstd.get(i).body());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Lake.class)
    void theHalvesOfABatchAreItsRecordsAndTheSameWhenMadeAgain(Lake lake) throws IOException {
        String text = FlowLogs.text(700);
        Batch plain = batches(text, lake, Compression.NONE, 64 << 20).get(0);
        Batch zstd = batches(text, lake, Compression.ZSTD, 64 << 20).get(0);
        for (int half = 0; half < 2; half++) {
            assertSame(zstd.halves().get(half), plain.halves().get(half));
            assertThat(zstd.halves().get(half).body())
                    .isEqualTo(zstd.halves().get(half).body());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 131_072, 1_000_000})
    void anyBytesComeBackInBodiesOneAfterTheOther(int length) throws IOException {
        Random random = new Random(length);
        try (BodyWriter writer = Compression.ZSTD.newWriter()) {
            for (int body = 0; body < 3; body++) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                CRC32 crc = new CRC32();
                for (int block = 0; block < 3; block++) {
                    byte[] bytes = new byte[length];
                    random.nextBytes(bytes);
                    writer.write(bytes, 0, length);
                    all.write(bytes);
                    crc.update(bytes);
                }
                assertThat(unpacked(writer.finish((int) crc.getValue(), all.size())))
                        .isEqualTo(all.toByteArray());
            }
        }
    }

    @Test
    void aWriterCanBeClosedInTheMiddleOfABody() {
        BodyWriter writer = Compression.ZSTD.newWriter();
        writer.write(new byte[1000], 0, 1000);
        writer.close();
    }

    @Test
    void aDamagedBodyIsRecognisedByItsChecksum() throws IOException {
        byte[] body = batches(FlowLogs.text(5), Lake.NDJSON, Compression.ZSTD, 64 << 20)
                .get(0)
                .body();
        body[body.length - 1] ^= 1;
        assertThatThrownBy(() -> unpacked(body)).isInstanceOf(IOException.class);
    }

    @Test
    void theLakeIsToldTheEncodingAndGetsTheHalvesOfABatchThatIsTooLarge() throws Exception {
        Script halves = (request, connection) -> {
            if (request.lines().size() > 100) {
                connection.answer(413, "", "Content-Type: application/json");
            } else {
                connection.answer(200, "{}", "Content-Type: application/json");
            }
        };
        try (RawLake lake = RawLake.start(halves);
                HttpSink sink = Sinks.to(lake).compression(Compression.ZSTD).build()) {
            assertThat(sink.send(SOURCE, FlowLogs.records(150), PLENTY).acknowledged())
                    .isEqualTo(150);
            assertThat(lake.received())
                    .hasSize(3)
                    .allSatisfy(request ->
                            assertThat(request.header("content-encoding")).isEqualTo("zstd"));
        }
    }

    /** A loader with the classes of this module and what it needs, without the libraries whose path contains a word. */
    private static URLClassLoader without(String word, URL... others) throws MalformedURLException {
        List<URL> path = new ArrayList<>(List.of(others));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains(word)) {
                path.add(new File(entry).toURI().toURL());
            }
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** Builds a sink with that loader and returns the message of the exception; empty if there is none. */
    private static String build(ClassLoader loader, String compression) throws ReflectiveOperationException {
        Class<?> sink = Class.forName("io.flowlog.sink.http.HttpSink", true, loader);
        Class<?> kinds = Class.forName("io.flowlog.sink.http.Compression", true, loader);
        Object kind = kinds.getMethod("valueOf", String.class).invoke(null, compression);
        Object builder = sink.getMethod("builder", URI.class).invoke(null, URI.create("https://lake.example.com/"));
        builder.getClass().getMethod("compression", kinds).invoke(builder, kind);
        try {
            sink.getMethod("close").invoke(builder.getClass().getMethod("build").invoke(builder));
            return "";
        } catch (InvocationTargetException e) {
            return e.getCause().getClass().getSimpleName() + ": " + e.getCause().getMessage();
        }
    }

    @Test
    void withoutTheLibraryTheSinkIsNotBuiltAndAllOtherCompressionsWork() throws Exception {
        try (URLClassLoader loader = without("zstd-jni")) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(build(loader, "ZSTD"))
                        .isEqualTo("InvalidSettingException: compression zstd requires the library "
                                + "com.github.luben:zstd-jni, which is not on the class path");
            }
            for (Compression other : Compression.values()) {
                if (other != Compression.ZSTD) {
                    assertThat(build(loader, other.name())).isEmpty();
                }
            }
        }
    }

    @Test
    void withTheLibraryTheSinkIsBuilt() throws Exception {
        try (URLClassLoader loader = without("no such library")) {
            assertThat(build(loader, "ZSTD")).isEmpty();
        }
    }

    @Test
    void aNativeLibraryThatCannotBeLoadedIsReportedAsThat() throws Exception {
        String before = System.getProperty("os.name");
        try (URLClassLoader loader = without("no such library")) {
            System.setProperty("os.name", "Plan 9");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(build(loader, "ZSTD"))
                        .startsWith("InvalidSettingException: compression zstd requires the native library of "
                                + "com.github.luben:zstd-jni for Plan 9 on " + System.getProperty("os.arch")
                                + ", which could not be loaded: ")
                        .hasLineCount(1);
            }
        } finally {
            System.setProperty("os.name", before);
        }
    }

    @Test
    void settingsHaveANameForEachCompression() {
        assertThat(Arrays.stream(Compression.values()).map(Compression::label))
                .containsExactly("gzip", "gzip-jdk", "zstd", "none");
        for (Compression compression : Compression.values()) {
            assertThat(Compression.of(compression.label())).contains(compression);
        }
        assertThat(Compression.of("GZIP")).isEmpty();
    }
}
