-- What goes to AWS services, and by which path? A gateway endpoint for S3 and DynamoDB would be free.
-- needs: pkt_dst_aws_service traffic_path flow_direction bytes
select traffic_path, pkt_dst_aws_service, sum(bytes) as bytes, count(*) as flows
from flows
where flow_direction = 'egress' and pkt_dst_aws_service <> '-'
group by traffic_path, pkt_dst_aws_service
order by bytes desc, traffic_path, pkt_dst_aws_service
