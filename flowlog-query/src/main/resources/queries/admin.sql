-- Who reaches, or tries to reach, SSH (22) and remote desktop (3389)?
-- needs: srcaddr dstaddr dstport protocol action bytes
select srcaddr, dstaddr, dstport, action, count(*) as flows, sum(bytes) as bytes
from flows
where dstport in (22, 3389) and protocol = 6
group by srcaddr, dstaddr, dstport, action
order by flows desc, srcaddr, dstaddr, dstport, action
