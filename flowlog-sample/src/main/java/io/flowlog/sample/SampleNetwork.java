package io.flowlog.sample;

import static io.flowlog.sample.LineBuffer.ascii;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** One made-up VPC: its subnets and network interfaces, the same for a seed, and the addresses outside of it. */
final class SampleNetwork {
    static final byte[] ACCOUNT = ascii("123456789012");
    static final byte[] REGION = ascii("us-east-1");
    static final byte[] NONE = ascii("-");

    private static final int INTERFACES = 600;
    private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:";
    private static final String[] SERVICES = {"checkout", "catalog", "search", "ingest", "billing"};
    private static final String[] TEAM_TAGS = {"web", "payments%2Fcore", "data%20platform", "r%26d", "caf%C3%A9"};

    /** What a network interface belongs to; the text is its {@code interface-type}. */
    enum Kind {
        INSTANCE("-"),
        ECS_INSTANCE("-"),
        FARGATE("-"),
        DATABASE("-"),
        NAT("nat_gateway"),
        BALANCER("network_load_balancer"),
        TRANSIT("transit_gateway"),
        ENDPOINT("vpc_endpoint");

        final byte[] interfaceType;

        boolean isManaged() {
            return this == NAT || this == BALANCER || this == TRANSIT || this == ENDPOINT;
        }

        Kind(String interfaceType) {
            this.interfaceType = ascii(interfaceType);
        }
    }

    record Subnet(byte[] id, byte[] azId, byte[] sublocationType, byte[] sublocationId, int third) {
        /** Three subnets have a route to the internet gateway, three to a NAT gateway. */
        boolean isPrivate() {
            return third >= 3 * 16;
        }

        boolean withoutEndpoint() {
            return third == 5 * 16;
        }
    }

    /** The ten ECS columns. */
    record Task(byte[][] columns) {}

    record Eni(
            byte[] id,
            Kind kind,
            Subnet subnet,
            byte[] instance,
            byte[] address,
            byte[] address6,
            int phase,
            Task task,
            byte[][] tags,
            int encryption) {

        boolean isPublic() {
            return kind == Kind.BALANCER;
        }

        boolean isPrivate() {
            return subnet.isPrivate() && !isPublic();
        }
    }

    final byte[] vpcId;
    final byte[] natId;
    final Eni[] enis;
    private final int[] popularEnis;
    private final byte[][] gone = {ascii("10.20.127.11"), ascii("10.20.127.12")};
    private final byte[][] clients = new byte[8000][];
    private final byte[][] clients6 = new byte[300][];
    private final int[] popularClients;

    SampleNetwork(SampleRandom random) {
        vpcId = ascii("vpc-0" + random.hex(16));
        natId = ascii("nat-0" + random.hex(16));
        List<Subnet> subnets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            byte[] az = ascii("use1-az" + (1 + i % 3));
            subnets.add(new Subnet(ascii("subnet-0" + random.hex(16)), az, NONE, NONE, i * 16));
        }
        subnets.add(
                new Subnet(ascii("subnet-0" + random.hex(16)), NONE, ascii("localzone"), ascii("use1-bos1-az1"), 112));
        enis = new Eni[INTERFACES];
        for (int i = 0; i < INTERFACES; i++) {
            enis[i] = eni(random, subnets.get(i % 23 == 22 ? 6 : random.below(6)), i);
        }
        popularEnis = random.zipf(INTERFACES, 0.8);
        for (int i = 0; i < clients.length; i++) {
            clients[i] = publicAddress(random);
        }
        for (int i = 0; i < clients6.length; i++) {
            clients6[i] = ascii("2001:db8:" + random.hex(3) + ":" + Integer.toHexString(random.between(1, 0xffff))
                    + "::" + Integer.toHexString(random.between(1, 0xffff)));
        }
        popularClients = random.zipf(clients.length, 0.7);
    }

    Eni popularEni(SampleRandom random) {
        return enis[popularEnis[random.below(popularEnis.length)]];
    }

    /** An instance or a task whose way out is a NAT gateway. */
    Eni behindNat(SampleRandom random) {
        Eni eni;
        do {
            eni = popularEni(random);
        } while (!eni.isPrivate() || eni.kind().isManaged());
        return eni;
    }

    /** The instance that copies much to S3, the wrong way. */
    Eni backup() {
        return first(eni -> eni.subnet().withoutEndpoint() && eni.kind() == Kind.INSTANCE);
    }

    /** The instance that tries ports of others. */
    Eni scanner() {
        return first(eni -> eni.kind() == Kind.INSTANCE && eni != backup());
    }

    private Eni first(Predicate<Eni> which) {
        return Arrays.stream(enis).filter(which).findFirst().orElseThrow();
    }

    /** An address of the VPC that nothing answers at any more. */
    byte[] goneHost(SampleRandom random) {
        return gone[random.below(gone.length)];
    }

    byte[] client(SampleRandom random, boolean ipv6) {
        return ipv6
                ? clients6[random.below(clients6.length)]
                : clients[popularClients[random.below(popularClients.length)]];
    }

    /** An address that no private, shared, loopback, link-local, multicast or reserved range holds. */
    static byte[] publicAddress(SampleRandom random) {
        int first;
        do {
            first = random.between(11, 223);
        } while (first == 100 || first == 127 || first == 169 || first == 172 || first == 192 || first == 198);
        return ascii(first + "." + random.below(256) + "." + random.below(256) + "." + random.between(1, 254));
    }

    private static Eni eni(SampleRandom random, Subnet subnet, int index) {
        Kind kind = switch (index % 20) {
            case 3, 9, 15 -> Kind.FARGATE;
            case 5, 12 -> Kind.ECS_INSTANCE;
            case 7 -> Kind.DATABASE;
            case 2 -> Kind.BALANCER;
            case 4 -> index % 3 == 0 ? Kind.TRANSIT : Kind.NAT;
            case 17 -> Kind.ENDPOINT;
            default -> Kind.INSTANCE;
        };
        boolean hasInstance = kind == Kind.INSTANCE || kind == Kind.ECS_INSTANCE;
        boolean dualStack = index % 5 == 1;
        String address = "10.20." + (subnet.third() + random.below(16)) + "." + random.between(4, 254);
        String address6 = "2001:db8:1234:1a" + Integer.toHexString(0x10 + subnet.third() / 16) + "::"
                + Integer.toHexString(random.between(0x100, 0xffff));
        return new Eni(
                ascii("eni-0" + random.hex(16)),
                kind,
                subnet,
                hasInstance ? ascii("i-0" + random.hex(16)) : NONE,
                ascii(address),
                dualStack ? ascii(address6) : NONE,
                random.below(60),
                task(random, kind),
                tags(random, kind),
                index % 7 == 0 ? -1 : index % 3 == 0 ? 1 : 0);
    }

    private static Task task(SampleRandom random, Kind kind) {
        byte[][] columns = new byte[10][];
        Arrays.fill(columns, NONE);
        if (kind == Kind.FARGATE || kind == Kind.ECS_INSTANCE) {
            String cluster = random.chance(700) ? "prod" : "batch";
            String service = random.pick(SERVICES);
            String task = random.hex(32);
            columns[0] = ascii(ARN + "cluster/" + cluster);
            columns[1] = ascii(cluster);
            if (kind == Kind.ECS_INSTANCE) {
                String instance = random.hex(32);
                columns[2] = ascii(ARN + "container-instance/" + cluster + "/" + instance);
                columns[3] = ascii(instance);
            }
            columns[4] = ascii(task + "-" + random.between(1_000_000_000, 2_000_000_000));
            columns[5] = random.chance(300) ? ascii(task + "-" + random.between(1_000_000_000, 2_000_000_000)) : NONE;
            columns[6] = cluster.equals("prod") ? ascii(service) : NONE;
            columns[7] = ascii(ARN + "task-definition/" + service + ":" + random.between(1, 80));
            columns[8] = ascii(ARN + "task/" + cluster + "/" + task);
            columns[9] = ascii(task);
        }
        return new Task(columns);
    }

    private static byte[][] tags(SampleRandom random, Kind kind) {
        byte[][] tags = new byte[6][];
        Arrays.fill(tags, NONE);
        if (kind == Kind.INSTANCE || kind == Kind.ECS_INSTANCE) {
            tags[0] = ascii(random.pick(SERVICES) + "-" + random.between(1, 12));
            tags[1] = ascii(random.pick(TEAM_TAGS));
            tags[2] = random.chance(600) ? ascii("eni%3Dprimary") : NONE;
            tags[4] = random.chance(500) ? ascii("asg-" + (random.chance(500) ? "blue" : "green")) : NONE;
        } else if (random.chance(400)) {
            tags[2] = ascii(random.pick(TEAM_TAGS));
            tags[3] = ascii("owner%3A" + random.pick(SERVICES));
        }
        return tags;
    }
}
