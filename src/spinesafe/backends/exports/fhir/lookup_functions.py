"""The functions of the library that looks findings up in a record.

Of many statements about one thing the latest counts; of those of one day the danger stands; one that is too old says nothing. What cannot
be read is not known, and never no.
"""

from spinesafe.backends.exports.canonical import FINDINGS
from spinesafe.rulebase.parameters import NONE_ITEM, NOT_KNOWN_ITEM

FUNCTIONS = f"""\
// ---- What the record says

// Conditions that are there now, and those that are over. Refuted and mistaken ones are neither.
define function "counts"(condition FHIR.Condition):
  not exists (condition.verificationStatus.coding S where S.code.value in {{'refuted', 'entered-in-error'}})

define function "is over"(condition FHIR.Condition):
  exists (condition.clinicalStatus.coding S where S.code.value in {{'inactive', 'remission', 'resolved'}})
  or (not exists condition.clinicalStatus.coding and condition.abatement is not null)

define function "there now"(conditions List<FHIR.Condition>):
  conditions C where "counts"(C) and not "is over"(C)

define function "over"(conditions List<FHIR.Condition>):
  conditions C where "counts"(C) and "is over"(C)

define function "said today"(conditions List<FHIR.Condition>, word String):
  conditions C return all Tuple {{moment: Today(), value: word}}

// Answers of interviews, by the id of the question. Questions may lie in groups. (A list in which one list is null is not flattened.)
define "answers":
  flatten (
    ([QuestionnaireResponse] R where R.status.value != 'entered-in-error') R
      return all flatten {{
        (R.item I return all Tuple {{moment: date from R.authored.value, link: I.linkId.value, answer: I.answer}}),
        flatten (R.item G where exists G.item return all (G.item I
          return all Tuple {{moment: date from R.authored.value, link: I.linkId.value, answer: I.answer}}))
      }}
  )

// Beside a question the form asks whether the answer is known: what is answered there is no value.
define function "words answered"(link String):
  flatten (
    "answers" A where exists A.answer and A.link in {{link, link + '{NOT_KNOWN_ITEM}'}}
      return all (A.answer V return all Tuple {{
        moment: A.moment,
        value: case
          when V.value is FHIR.boolean then if (V.value as FHIR.boolean).value then 'true' else 'false'
          when (V.value as FHIR.Coding).system.value = '{FINDINGS}' then (V.value as FHIR.Coding).code.value
          else null
        end
      }})
  )

define function "none answered"(link String):
  flatten (
    "answers" A where exists A.answer and A.link = link + '{NONE_ITEM}'
      return all (A.answer V return all Tuple {{
        moment: A.moment,
        value: if V.value is FHIR.boolean and (V.value as FHIR.boolean).value then 'none' else null
      }})
  )

define function "is of ours"(coding FHIR.Coding):
  Coalesce(coding.system.value = '{FINDINGS}' and not (coding.code.value in {{'dont_know', 'not_examined'}}), false)

define function "member answered"(link String, member String):
  "answers" A where A.link = link and exists A.answer
    return all Tuple {{
      moment: A.moment,
      value: case
        when exists (A.answer V where (V.value as FHIR.Coding).code.value = member) then 'yes'
        when exists (A.answer V where not "is of ours"(V.value as FHIR.Coding)) then null
        else 'no'
      end
    }}

// A number stands against "not known" of the same day.
define function "number not known"(link String):
  ("answers" A where exists A.answer and A.link = link + '{NOT_KNOWN_ITEM}') N
    where not exists ("answers" B where B.link = link and exists B.answer and B.moment ~ N.moment)
    return all Tuple {{moment: N.moment, value: null as Decimal}}

define function "numbers answered"(link String, unit String):
  flatten {{
    "number not known"(link),
    flatten (
      "answers" A where exists A.answer and A.link = link
        return all (A.answer V return all Tuple {{
          moment: A.moment,
          value: case
            when V.value is FHIR.decimal then (V.value as FHIR.decimal).value
            when V.value is FHIR.integer then ToDecimal((V.value as FHIR.integer).value)
            when (V.value as FHIR.Quantity).code.value = unit then (V.value as FHIR.Quantity).value.value
            else null
          end
        }})
    )
  }}

// Observations with a result about the person.
define function "results"(observations List<FHIR.Observation>):
  observations O where O.status.value in {{'final', 'amended', 'corrected', 'preliminary', 'unknown'}} and not exists O.focus

define function "day of"(observation FHIR.Observation):
  Coalesce(
    date from (observation.effective as FHIR.dateTime).value,
    date from (observation.effective as FHIR.instant).value,
    date from observation.issued.value
  )

define function "words observed"(observations List<FHIR.Observation>):
  ("results"(observations)) O
    return all Tuple {{
      moment: "day of"(O),
      value: case
        when O.value is FHIR.boolean then if (O.value as FHIR.boolean).value then 'true' else 'false'
        else First(((O.value as FHIR.CodeableConcept).coding) K where K.system.value = '{FINDINGS}' return all K.code.value)
      end
    }}

define function "member observed"(observations List<FHIR.Observation>, member String):
  ("words observed"(observations)) S
    where S.value in {{member, 'none'}}
    return all Tuple {{moment: S.moment, value: if S.value = member then 'yes' else 'no'}}

define function "sign observed"(observations List<FHIR.Observation>):
  ("words observed"(observations)) S
    where S.value in {{'true', 'false'}}
    return all Tuple {{moment: S.moment, value: if S.value = 'true' then 'yes' else 'no'}}

define function "numbers observed"(observations List<FHIR.Observation>, unit String):
  ("results"(observations)) O
    return all Tuple {{
      moment: "day of"(O),
      value: case
        when O.value is FHIR.integer then ToDecimal((O.value as FHIR.integer).value)
        when (O.value as FHIR.Quantity).code.value = unit then (O.value as FHIR.Quantity).value.value
        else null
      end
    }}

// What all statements about one thing come to. Words are listed gravest first.
define function "latest"(statements List<Tuple {{moment Date, value String}}>):
  statements S where S.moment is null or S.moment = Max(statements T return all T.moment)

define function "gravest"(statements List<Tuple {{moment Date, value String}}>, words List<String>):
  First(words W where exists (statements S where S.value = W))

define function "relied on"(
  statements List<Tuple {{moment Date, value String}}>, dangers List<String>, others List<String>, dangerDays Integer, otherDays Integer):
  (statements S return all Tuple {{moment: S.moment, value: if S.value in dangers or S.value in others then S.value else null}}) S
    where S.moment is null
      or (S.value in dangers and difference in days between S.moment and Today() <= dangerDays)
      or (not Coalesce(S.value in dangers, false) and difference in days between S.moment and Today() between 0 and otherDays)

define function "all told"(statements List<Tuple {{moment Date, value String}}>, dangers List<String>, others List<String>):
  case
    when "gravest"("latest"(statements), dangers) is not null then "gravest"("latest"(statements), dangers)
    // Not knowing today does not undo a danger that was seen before.
    when exists (("latest"(statements)) S where S.value is null)
      then "gravest"("latest"(statements S where S.value is not null), dangers)
    else "gravest"("latest"(statements), others)
  end

define function "told"(
  statements List<Tuple {{moment Date, value String}}>, dangers List<String>, others List<String>, dangerDays Integer, otherDays Integer):
  "all told"("relied on"(statements, dangers, others, dangerDays, otherDays), dangers, others)

define function "agreed"(numbers List<Tuple {{moment Date, value Decimal}}>):
  if exists (numbers S where S.value is null) or Min(numbers S return all S.value) != Max(numbers S return all S.value) then null
  else Max(numbers S return all S.value)

define function "one number"(numbers List<Tuple {{moment Date, value Decimal}}>):
  "agreed"(numbers S where S.moment is null or S.moment = Max(numbers T return all T.moment))

define function "told number"(numbers List<Tuple {{moment Date, value Decimal}}>, numberDays Integer):
  "one number"(numbers S where S.moment is null or difference in days between S.moment and Today() between 0 and numberDays)

define function "truth of"(word String):
  case word when 'true' then true when 'false' then false when 'yes' then true when 'no' then false else null end
"""
