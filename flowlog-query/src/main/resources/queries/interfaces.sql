-- Which network interfaces, instances and subnets move the most bytes?
-- needs: interface_id instance_id subnet_id bytes
select interface_id, instance_id, subnet_id, sum(bytes) as bytes, count(*) as flows
from flows
group by interface_id, instance_id, subnet_id
order by bytes desc, interface_id, instance_id, subnet_id
