-- Who reaches databases?
-- needs: srcaddr dstaddr dstport action bytes
select srcaddr, dstaddr, dstport, sum(bytes) as bytes, count(*) as flows
from flows
where dstport in (1433, 1521, 3306, 5432, 5439, 6379, 9042, 9200, 11211, 27017) and action = 'ACCEPT'
group by srcaddr, dstaddr, dstport
order by bytes desc, srcaddr, dstaddr, dstport
