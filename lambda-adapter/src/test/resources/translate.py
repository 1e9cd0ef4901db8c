"""Prints what SAM makes of template.yaml, as JSON. The translator comes with cfn-lint."""
import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

import boto3
import cfnlint.decode.cfn_yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

template = json.loads(json.dumps(cfnlint.decode.cfn_yaml.load(sys.argv[1]), default=str))
template["Resources"]["VPCFlowApp"]["Properties"]["CodeUri"] = "s3://code-bucket/flowlog-lambda.jar"
parameters = dict(argument.split("=", 1) for argument in sys.argv[2:])
print(json.dumps(Translator({}, Parser(), boto_session=boto3.Session()).translate(template, parameters)))
