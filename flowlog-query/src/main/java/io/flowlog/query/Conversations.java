package io.flowlog.query;

/**
 * The SQL for who talks to whom. The ends of an arrow are parts of the network, AWS services, or the internet.
 *
 * <p>A part is a subnet. If all records are of one subnet, it is an instance, then an interface; a private address whose
 * interface has no records stands for itself. An address is inside if an interface uses it or if it is private.
 *
 * <p>Each byte counts once: a flow to the inside at its source, a flow from outside at its target. What passes a NAT gateway
 * counts at the instance; only if the instance has no records, it counts at the gateway. Without {@code flow_direction}, the
 * interface of an address is unknown. Then addresses are the parts, and what two interfaces see counts twice.
 */
final class Conversations {
    /** The parts of the network with most bytes; all others are one. */
    static final int PARTS = 8;

    /** The services with most bytes; all others are one. */
    static final int SERVICES = 5;

    private static final String PRIVATE =
            "regexp_matches(%s, '^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|100\\.(6[4-9]"
                    + "|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|169\\.254\\.|127\\.|f[cd]|fe80:)')";

    /** Rows of source, target and bytes. */
    static final String SQL =
            """
            with accepted as (
              select srcaddr, dstaddr, coalesce(pkt_srcaddr, srcaddr) as src, coalesce(pkt_dstaddr, dstaddr) as dst,
                     pkt_src_aws_service as src_service, pkt_dst_aws_service as dst_service, flow_direction as direction,
                     subnet_id, instance_id, interface_id, bytes
              from flows
              where srcaddr is not null and dstaddr is not null and bytes > 0 and action is distinct from 'REJECT'
            ), interfaces as (
              select srcaddr as ip, subnet_id, instance_id, interface_id from accepted
              where direction = 'egress' and srcaddr = src
              union all
              select dstaddr, subnet_id, instance_id, interface_id from accepted
              where direction = 'ingress' and dstaddr = dst
            ), level as (
              select case when count(distinct subnet_id) > 1 then 'subnet'
                          when count(distinct instance_id) > 1 then 'instance' else 'interface' end as name
              from interfaces
            ), home as (
              select ip, coalesce(case (select name from level) when 'subnet' then max(subnet_id)
                                  when 'instance' then max(instance_id) end, max(interface_id), ip) as part
              from interfaces group by ip
            ), gateway as (
              select distinct dstaddr as ip from accepted where dstaddr <> dst and coalesce(direction, 'ingress') = 'ingress'
              union
              select srcaddr from accepted where srcaddr <> src and coalesce(direction, 'egress') = 'egress'
            ), ends as (
              select a.*, s.part as src_part, d.part as dst_part,
                     s.ip is not null or %s as src_inside, d.ip is not null or %s as dst_inside,
                     srcaddr = src and dstaddr = dst as direct
              from accepted a left join home s on s.ip = src left join home d on d.ip = dst
            ), once as (
              select case when src_inside then coalesce(src_part, src) end as from_part, src_service as from_service,
                     case when dst_inside then coalesce(dst_part, dst) end as to_part,
                     dst_service as to_service, bytes
              from ends
              where direct and (coalesce(direction, 'egress') = 'egress' or not src_inside)
                    and (src_inside and dst_inside
                         or src not in (select ip from gateway) and dst not in (select ip from gateway))
                 or dstaddr <> dst and coalesce(direction, 'ingress') = 'ingress' and src_part is null
                 or srcaddr <> src and coalesce(direction, 'egress') = 'egress' and dst_part is null
            ), part as (
              select name, row_number() over (order by sum(bytes) desc, name) as rank
              from (select from_part as name, bytes from once union all select to_part, bytes from once)
              where name is not null group by name
            ), service as (
              select name, row_number() over (order by sum(bytes) desc, name) as rank
              from (select from_service as name, bytes from once where from_part is null
                    union all select to_service, bytes from once where to_part is null)
              where name is not null group by name
            )
            select case when from_part is not null then if(sp.rank <= %d, from_part, 'others inside')
                        when from_service is null then 'internet'
                        else if(ss.rank <= %d, 'AWS ' || from_service, 'other AWS services') end as source,
                   case when to_part is not null then if(dp.rank <= %d, to_part, 'others inside')
                        when to_service is null then 'internet'
                        else if(ds.rank <= %d, 'AWS ' || to_service, 'other AWS services') end as target,
                   sum(bytes) as bytes
            from once
            left join part sp on sp.name = from_part left join part dp on dp.name = to_part
            left join service ss on ss.name = from_service left join service ds on ds.name = to_service
            group by 1, 2 order by bytes desc, source, target
            """.formatted(PRIVATE.formatted("src"), PRIVATE.formatted("dst"), PARTS, SERVICES, PARTS, SERVICES);

    private Conversations() {}
}
