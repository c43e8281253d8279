package facts

import "strings"

// chatForms are how people shorten or misspell English words too small for a
// repair, with the words that they stand for.
var chatForms = wordPairs(`u you,ur your,r are,y why,wy why,whyy why,wht what,waht what,wut what,whut what,wat what,wats what,whats what,wot what,
n and,nd and,adn and,nad and,w with,wit with,wiht with,wth with,tho though,abt about,bout about,abot about,abut about,b4 before,bc because,cuz because,coz because,cos because,bcs because,
teh the,hte the,th the,da the,tel tell,sya say,sey say,whn when,wen when,wehn when,hwen when,whr where,wher where,whre where,hwo how,hw how,hoo who,whos who,
fr for,frm from,fo of,ot to,ti it,si is,ist is,iz is,wer were,ther there,thier their,thr their,em them,gov government,govt government,
pres president,prez president,mtg meeting,mtng meeting,yr year,yrs years,ppl people,2day today,amt amount,def definitely,esp especially,pls please,plz please,msg message`)

func wordPairs(list string) map[string]string {
	m := map[string]string{}
	for _, pair := range strings.Split(list, ",") {
		from, to, _ := strings.Cut(strings.TrimSpace(pair), " ")
		m[from] = to
	}
	return m
}
